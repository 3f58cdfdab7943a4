-- A site at the first shape of the database, with its chain key: 4e7fd102391b8eaabe69b38161043e780bcb7534fa8c1b25a827d56590681413
-- 37 links, digest e8c46c2ad820d88297353276ef7c559394466b498394971cdabc168d364eae33
BEGIN TRANSACTION;
CREATE TABLE account (
	number INTEGER NOT NULL, 
	ref VARCHAR(16) NOT NULL, 
	name VARCHAR(60) NOT NULL, 
	initials VARCHAR(4) NOT NULL, 
	role VARCHAR(16) NOT NULL, 
	audience VARCHAR(40), 
	active BOOLEAN NOT NULL, 
	id INTEGER NOT NULL, 
	link_seq INTEGER NOT NULL, 
	CONSTRAINT pk_account PRIMARY KEY (id), 
	CONSTRAINT ck_account_role_of_a_person CHECK (role NOT IN ('desk', 'system')), 
	CONSTRAINT fk_account_link_seq FOREIGN KEY(link_seq) REFERENCES link (seq) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "account" VALUES(1,'S01','Administrator','AD','admin',NULL,1,1,3);
INSERT INTO "account" VALUES(2,'S02','Site lead','SL','lead',NULL,1,2,4);
INSERT INTO "account" VALUES(3,'S03','Nurse','NU','nurse',NULL,1,3,5);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE cell_truth (
	link_seq INTEGER NOT NULL, 
	table_id VARCHAR(64) NOT NULL, 
	row_code VARCHAR(120) NOT NULL, 
	column_code VARCHAR(64) NOT NULL, 
	truth INTEGER, 
	people INTEGER, 
	protected BOOLEAN NOT NULL, 
	width INTEGER NOT NULL, 
	CONSTRAINT pk_cell_truth PRIMARY KEY (link_seq, table_id, row_code, column_code), 
	CONSTRAINT fk_cell_truth_link_seq FOREIGN KEY(link_seq) REFERENCES link (seq)
);
INSERT INTO "cell_truth" VALUES(37,'tiers','1','responses',0,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'tiers','2','responses',0,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'tiers','3','responses',0,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'tiers','4','responses',1,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'tiers','5','responses',0,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'tiers','all','responses',1,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'pathways','opioid','responses',1,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'pathways','prolonged_sedation','responses',0,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'pathways','stimulant','responses',0,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'pathways','mixed','responses',0,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'pathways','unknown','responses',0,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'pathways','other_medical','responses',0,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'pathways','all','responses',1,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'bands','early','accesses',0,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'bands','morning','accesses',0,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'bands','afternoon','accesses',3,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'bands','evening','accesses',0,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'bands','overnight','accesses',0,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'bands','all','accesses',3,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'bands','early','episodes',0,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'bands','morning','episodes',0,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'bands','afternoon','episodes',1,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'bands','evening','episodes',0,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'bands','overnight','episodes',0,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'bands','all','episodes',1,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'bands','early','consumptions',0,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'bands','morning','consumptions',0,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'bands','afternoon','consumptions',1,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'bands','evening','consumptions',0,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'bands','overnight','consumptions',0,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'bands','all','consumptions',1,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'classes','opioid','consumptions',1,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'classes','stimulant','consumptions',0,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'classes','other','consumptions',0,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'classes','not_recorded','consumptions',0,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'classes','all','consumptions',1,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'routes','injected','consumptions',1,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'routes','inhaled','consumptions',0,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'routes','other','consumptions',0,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'routes','not_recorded','consumptions',0,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'routes','all','consumptions',1,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'referrals','offered','count',1,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'referrals','accepted','count',1,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'referrals','made','count',1,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'also','naloxone_doses','count',1,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'also','left_before_service','count',1,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'also','late_entries','count',0,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'lines','all','none',NULL,NULL,0,0);
INSERT INTO "cell_truth" VALUES(37,'rates','responses_per_episodes','rate',1000,NULL,0,0);
CREATE TABLE credential (
	account_ref VARCHAR(16) NOT NULL, 
	password_hash VARCHAR(200) NOT NULL, 
	pin_hash VARCHAR(200), 
	failed_tries INTEGER NOT NULL, 
	locked_until DATETIME, 
	CONSTRAINT pk_credential PRIMARY KEY (account_ref), 
	CONSTRAINT ck_credential_tries_are_counted CHECK (failed_tries >= 0)
);
INSERT INTO "credential" VALUES('S01','$argon2id$v=19$m=65536,t=3,p=4$wr1RENbDDf724BkOKNBMDg$IMNzns+uvreB8rry+P/HnKZW1uuJSkz8wUI+WIsBCyA',NULL,0,NULL);
INSERT INTO "credential" VALUES('S02','$argon2id$v=19$m=65536,t=3,p=4$g+9rzQdsPqmzyE8Wx9jIlQ$xxn1pdq2AaSfZnh1i1QhWI+4o+3+ThXAfWHRwknjFio',NULL,0,NULL);
INSERT INTO "credential" VALUES('S03','$argon2id$v=19$m=65536,t=3,p=4$efsMvCMI4Bo/8qg8i7QRtQ$Wh2enhO53hhPntfxa2SHMyEp3UFwFQQpzDsNwQjw4I0',NULL,0,NULL);
CREATE TABLE device (
	id INTEGER NOT NULL, 
	token_hash BLOB NOT NULL, 
	label VARCHAR(40) NOT NULL, 
	registered_at DATETIME NOT NULL, 
	registered_by VARCHAR(16) NOT NULL, 
	CONSTRAINT pk_device PRIMARY KEY (id), 
	CONSTRAINT uq_device_token_hash UNIQUE (token_hash)
);
CREATE TABLE handle (
	handle_key VARCHAR(32) NOT NULL, 
	person_id INTEGER NOT NULL, 
	text VARCHAR(80) NOT NULL, 
	normalised VARCHAR(160) NOT NULL, 
	salt BLOB NOT NULL, 
	CONSTRAINT pk_handle PRIMARY KEY (handle_key), 
	CONSTRAINT fk_handle_person_id FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT uq_handle_normalised UNIQUE (normalised), 
	CONSTRAINT uq_handle_person_id UNIQUE (person_id)
);
INSERT INTO "handle" VALUES('66f7a478c35f640487a4a492bbcea232',1,'heron-42','heron42',X'4D8DD45B2ACDFE81D2AA028510938B5F');
INSERT INTO "handle" VALUES('7fee68da268a61d4606ddd25e87f8853',2,'lark-6','lark6',X'3E50031430C51934379F77A29B32DB75');
CREATE TABLE link (
	seq INTEGER NOT NULL, 
	kind VARCHAR(64) NOT NULL, 
	subject VARCHAR(64) NOT NULL, 
	actor VARCHAR(64) NOT NULL, 
	at DATETIME NOT NULL, 
	happened_at DATETIME NOT NULL, 
	token VARCHAR(64), 
	amends INTEGER, 
	reason VARCHAR(32), 
	salt BLOB NOT NULL, 
	digest BLOB NOT NULL, 
	mac BLOB NOT NULL, 
	CONSTRAINT pk_link PRIMARY KEY (seq), 
	CONSTRAINT ck_link_has_a_mac CHECK (length(mac) = 32), 
	CONSTRAINT ck_link_counts_from_one CHECK (seq > 0), 
	CONSTRAINT fk_link_amends FOREIGN KEY(amends) REFERENCES link (seq), 
	CONSTRAINT uq_link_amends UNIQUE (amends), 
	CONSTRAINT uq_link_token UNIQUE (token)
);
INSERT INTO "link" VALUES(1,'site.configured','site','operator','2026-11-01 12:00:00.000000','2026-11-01 12:00:00.000000',NULL,NULL,NULL,X'FC1F11C52B5622A2437ACEB4C278383D',X'ECB678F7B8849410DB06358A56321CC84B3BCEAFDF2DEC9FAD28D423E0D05982',X'5964FF0E36D15BE2D5944CA8A777F29D0F6EA6A2682B7BE2F83CDF7148BC064B');
INSERT INTO "link" VALUES(2,'directory.listed','directory','operator','2026-11-01 12:00:00.000000','2026-11-01 12:00:00.000000',NULL,NULL,NULL,X'06EF7514B6C35E1CDA22D7F6F865078B',X'2EEF9F73FA231EF5D7283546DC4BE7769E9ACB05EC1B6F936A1237A15C277FF1',X'C8A5040831ECDEDE846392F1B65872527313114248E9F92190F6310E3C2ECC4C');
INSERT INTO "link" VALUES(3,'account.added','S01','operator','2026-11-01 12:00:00.000000','2026-11-01 12:00:00.000000',NULL,NULL,NULL,X'8BC5E798D1DEA0F3C167475D17CDACD2',X'F3D05078B29F62977CB24C95FCA901B20FBFDBE33E9E6F6FF688D22DA1843395',X'5B6E596B7FE173FD4A2CE48DB60AB5871F03A237870233E1BA62FC18A256736F');
INSERT INTO "link" VALUES(4,'account.added','S02','operator','2026-11-01 12:00:00.000000','2026-11-01 12:00:00.000000',NULL,NULL,NULL,X'86DBF50D55917A1EF69C936CCA46CE0A',X'4FF6F933223641B9BA2ACFEBCA2261DA16C7B00DF2682C7415592BEDEE7AEB9A',X'D98ACEAEB8E1CCA9E387277FF7D2DED57B79109422F95B2B22A2F478D5BEA746');
INSERT INTO "link" VALUES(5,'account.added','S03','operator','2026-11-01 12:00:00.000000','2026-11-01 12:00:00.000000',NULL,NULL,NULL,X'F2C2B8357B7FF70C285C377548E4384E',X'6E762D8535E890CB5EC921B7FA9065AD7BD86D0299726A8E7E5736F05DE984BA',X'62AE5FE77F50372BCC3FA40B8ACB24ED99E78BCFE0099327AEB38CDF8C46D70E');
INSERT INTO "link" VALUES(6,'person.registered','P0001','S01','2026-11-17 17:00:00.000000','2026-11-17 17:00:00.000000',NULL,NULL,NULL,X'101E0B9C34F0EF6691482845CAD865D3',X'728A43E44F97C87621D351EA56007C84ADD41EF948E7AA0825C49DF22F537717',X'EDBB7C2631E848A8FAF29B0F75F20F3597D8AD8DA80781398F3D35B8D90BFDB6');
INSERT INTO "link" VALUES(7,'visit.checked_in','V0001','S01','2026-11-17 17:00:00.000000','2026-11-17 17:00:00.000000',NULL,NULL,NULL,X'570065F339102EFCE9596B9FF9035965',X'9406AEF21C9622261387172D12A398E30097A36475BEBEB8AB8D249BE18E65D7',X'CEDBE3054FC1DDFC10B7DF3D9FBFC975473E15FD0568AF7F7441685C69896C34');
INSERT INTO "link" VALUES(8,'visit.seated','V0001','S01','2026-11-17 17:00:00.000000','2026-11-17 17:00:00.000000',NULL,NULL,NULL,X'6BE1E47B72B66688BCEFC0256628BD20',X'31AF7548A63928ED3CEE3A6CD49840D22A657D22A13F95946333E96F2CCF4499',X'993A73539B19A687735B3FF7FA4E2B7502A6659F3E1324472D72BBEE77DBC9BF');
INSERT INTO "link" VALUES(9,'person.registered','P0002','S01','2026-11-17 17:00:00.000000','2026-11-17 17:00:00.000000',NULL,NULL,NULL,X'64606F3D601F325A4DF635201AF2D02F',X'53BC9EE57DA72F2651F24B79CD3D3A143BD5613308EEEB571A805BEC2F89D4FE',X'ECFAB66ECFCBD7483D0680779128E92C023DF701E8EE73301C1DCCFD3D211C42');
INSERT INTO "link" VALUES(10,'person.renamed','P0002','S01','2026-11-17 17:00:00.000000','2026-11-17 17:00:00.000000',NULL,NULL,NULL,X'226C1797C642C3FCF77F97DC31A21BE0',X'4C6B9DBB9FEB1A0DB40EED03103531B777D352CC89D0733E45809AD4F8A9112D',X'43DD9CDD16CCC27C9C3628275612F677C30B27203471FF57D457E2C937B51ABE');
INSERT INTO "link" VALUES(11,'person.registered','P0003','S01','2026-11-17 17:00:00.000000','2026-11-17 17:00:00.000000',NULL,NULL,NULL,X'029FCC376E4938FB2B8684827530F5B4',X'76A967E1110D740DEF4BB6A86A2F50FB33056161C0FC0147B3B68522F57C8BEB',X'9D86E093A4A0AF237F8FE030E119F10538F21850283910529F174BFB014642C5');
INSERT INTO "link" VALUES(12,'person.forgotten','P0003','S01','2026-11-17 17:00:00.000000','2026-11-17 17:00:00.000000',NULL,NULL,NULL,X'4190E69BE6C6088DDA35B7C467B17A59',X'786266A753651C28B503792C248686286E9DC2C3E171A07CBC13E4E7FAAE248D',X'4959EDC3B543CB5704250C949510EBAC448004988838F29C3881DC01D013DFDD');
INSERT INTO "link" VALUES(13,'visit.checked','V0001','S01','2026-11-17 17:05:00.000000','2026-11-17 17:05:00.000000',NULL,NULL,NULL,X'FAC5D1E3F3BFC5A9F254F25D9DC65B96',X'A376FDCA8626565FBC5CD33561DBD8F0EFF4CD69F0008A1B8380CB6912DC2D70',X'0E1F9923B3C1E59F0885D5D112D481A613EABF1A0B26A5EE7DD7000E49D998C6');
INSERT INTO "link" VALUES(14,'visit.amended','V0001','S01','2026-11-17 17:07:00.000000','2026-11-17 17:06:00.000000',NULL,13,'wrong_amount',X'A5F20E907FBF9CB5D67CC7E798C98426',X'10CDC009339A5FDBE43FE1E3DE03CA71FAE7ABF7DECF8AFE9A9E181785982616',X'B4377979C130AA7BDD91FF02F25838E7FDCFDD32FD0752F60ED38010B801A426');
INSERT INTO "link" VALUES(15,'visit.checked_in','V0002','S01','2026-11-17 17:02:00.000000','2026-11-17 17:02:00.000000',NULL,NULL,NULL,X'E7200642629702A98977E7721899991C',X'5967CBF220B72E775C840460A4E1704D4EE93B8FF6FD9B5E06CE845B122650A9',X'D2F08BF165D3DCCA09B3C7A0360FC417BD3CB03B903E02C51415617ACABFEDDA');
INSERT INTO "link" VALUES(16,'visit.left_before_service','V0002','S01','2026-11-17 17:20:00.000000','2026-11-17 17:20:00.000000',NULL,NULL,NULL,X'8CFBE143C98353534A63482E78AF3023',X'10E3C244E6EDC3C723B853C61421795665A75587699652E934F07CD99A58C1AD',X'D413C9F85C93BD74162BFA1087FA506303DEF7EBEEC0B0C2E7620C5113E05970');
INSERT INTO "link" VALUES(17,'visit.checked_in','V0003','S01','2026-11-17 17:03:00.000000','2026-11-17 17:03:00.000000',NULL,NULL,NULL,X'67B55726422B16D24C692F28A254DA08',X'589AD319701E6FBBBE304457C1153E5288D0756AD6EDA6A43F40DEA039FBDC73',X'AD83C6E18DFBD4221CFD8A0E4E7B40DF4E3DA6E2AD12E9BBD3E7CA16753321E2');
INSERT INTO "link" VALUES(18,'visit.checked','V0003','S01','2026-11-17 17:04:00.000000','2026-11-17 17:04:00.000000',NULL,NULL,NULL,X'B70345E5599EC7CF98F483BF3EF1BADC',X'2EABBC572360568941E902A6CD28B4EBD8499CD3C4E1D79CB1180A9690540B4B',X'5E90CD5FE4E535B3AD0F415CEEA53CF023D3E0E3E9A208DFBF0F369329704911');
INSERT INTO "link" VALUES(19,'visit.struck','V0003','S01','2026-11-17 17:05:00.000000','2026-11-17 17:04:00.000000',NULL,18,'entered_twice',X'B37D7D4E98551BF65017FAB1CEE437B7',X'437B6CAE8DB6CCC131545B779A406E6C1DE18E861780E5FF1A0D18E18BF41106',X'2A09E1AFF4884DF59A84AF1FD78DD7BE39750D453D20923411CECF19B838637F');
INSERT INTO "link" VALUES(20,'response.started','R0001','S01','2026-11-17 17:26:00.000000','2026-11-17 17:26:00.000000',NULL,NULL,NULL,X'D19181C074FC91BBA907711CF00C997B',X'F50B775E8109317E0059750D3A351ABA365F97A1BC8A401FAC2FA51B6A8E1509',X'590209328B38E28DB373E682B972C3ADFDB6AC737D3B9B741F5E41637402CDA1');
INSERT INTO "link" VALUES(21,'response.stimulated','R0001','S01','2026-11-17 17:26:10.000000','2026-11-17 17:26:10.000000',NULL,NULL,NULL,X'DFEC0969C0FE25C9FF4CADE3D57321ED',X'34D5B7647DCD992B0C5C52B454EDFC755D5DC3EE10E75D8317299609C47E7C5F',X'A850849F3D7E7C7ABC5C5E0F32560AC5BB4BE6B430F6FFE5294F96EF3C681283');
INSERT INTO "link" VALUES(22,'response.oxygen_given','R0001','S01','2026-11-17 17:26:45.000000','2026-11-17 17:26:45.000000',NULL,NULL,NULL,X'92069650680199849C7472EDD1ABC05D',X'E99E10395CA431B44497E742E096455E3670A7E9C2C45F877C5E52E8F69FF3FB',X'D793AB9AD402F0A6E6E115C3C495F341C2B5B5ECCA94AF429FCDCE166389482E');
INSERT INTO "link" VALUES(23,'response.breathing_assisted','R0001','S01','2026-11-17 17:26:55.000000','2026-11-17 17:26:55.000000',NULL,NULL,NULL,X'3DB821C366EFAB9D2E85A45B0187CF81',X'35534163D06A320AED0A5D518D2FB88CD5D25825956E08604D6C6E68C0B4E2C0',X'8FE95DACC8FDB0B177F90B545D846A0F59C85954FF41D2A2E76794C5CE4F916D');
INSERT INTO "link" VALUES(24,'response.naloxone_given','R0001','S01','2026-11-17 17:28:24.000000','2026-11-17 17:28:24.000000',NULL,NULL,NULL,X'AF188FAA4E3C0A6C0578B65D18FD602B',X'990CCC32559CDD11D0003DCC75BD4E2DD1EF3A59ACA4624EE4C7968C1601FA33',X'F35BB59164D48A61BA18A25123A62795764C56AF9507C9F79576C39799B6EFE5');
INSERT INTO "link" VALUES(25,'response.ems_called','R0001','S01','2026-11-17 17:29:00.000000','2026-11-17 17:29:00.000000',NULL,NULL,NULL,X'36DA55D01401E474847718ADD25ACE0E',X'13B11A4BDA7377B98902F013F7541C34726822BA25F4ACE6077D1C56311BF4E1',X'2FF987510C0E303A025C783D4EEB852DF6A68A85F78BE389A15FE6EBA5CF437D');
INSERT INTO "link" VALUES(26,'response.moved_to_aftercare','R0001','S01','2026-11-17 17:40:00.000000','2026-11-17 17:40:00.000000',NULL,NULL,NULL,X'7E9D2CA147155D07624F0656AA88CD78',X'9CC2B8D7A1ED52F7552947DAF8E941059F624C35120F74E251F4A2CD1F692AF0',X'1D8CAB1F6579EA92E67F8D3F8989D4A8416494D77A7015C3A7380ECFE23BCF33');
INSERT INTO "link" VALUES(27,'visit.taken_to_aftercare','V0001','S01','2026-11-17 17:40:00.000000','2026-11-17 17:40:00.000000',NULL,NULL,NULL,X'7357D6DB545A9DFA146432405C79510E',X'DE7DBDE6AC827084E6AB65CD703DB89B371872F4492C7A4563C072B119008986',X'F2535058673EC2A50A74D114EF6A4591589E29F3C9E0963E4D88E07DE04B504E');
INSERT INTO "link" VALUES(28,'response.closed','R0001','S01','2026-11-17 18:00:00.000000','2026-11-17 18:00:00.000000',NULL,NULL,NULL,X'B160435A3D6AB60E80104325C18E756C',X'7D2FA210A4BD78BB096A25645B169AC120FE547F78383F9002BF9988AC00965F',X'7C169BD41CB52A2381336CD86904031D7B2EDCE11E66237093BAF47B3BC80BB9');
INSERT INTO "link" VALUES(29,'referral.offered','F0001','S01','2026-11-17 17:50:00.000000','2026-11-17 17:50:00.000000',NULL,NULL,NULL,X'34BE3E812C1D5A25CB7C2501043F44F0',X'B206D6F29C86D75FC46C0008C4748E093234E8390868854A08E1ACABA22FD667',X'A82C9E8959D3603CF273ABF03C92F19FEE9EC1243BFA9F9864BBE88382D3912E');
INSERT INTO "link" VALUES(30,'referral.accepted','F0001','S01','2026-11-17 17:51:00.000000','2026-11-17 17:51:00.000000',NULL,NULL,NULL,X'B0D7FC8CA35C7C251B6323D10E276E47',X'F0A259DC6D011982E115FFBB63192E8EE2C06DDF6F9BF87ABC2D17CD5D9A2FD2',X'038173064DF738DAED08193D069EF2775DAA9D481391014C295D62298A0D141A');
INSERT INTO "link" VALUES(31,'referral.made','F0001','S01','2026-11-17 17:52:00.000000','2026-11-17 17:52:00.000000',NULL,NULL,NULL,X'A1ABCDB91B9EB8E65E750B5D2D91A599',X'A73655C3EF2A077A0607234EF6F839397057FB72731F117881C0E9B41E8FC34C',X'F33E5B7C671BD76FD5F166AA7BFF71E96D98AE12440F148ED278D46B86AF12AF');
INSERT INTO "link" VALUES(32,'referral.noted','F0001','S01','2026-11-17 17:53:00.000000','2026-11-17 17:53:00.000000',NULL,NULL,NULL,X'C83246D982A55C6D39549BB9D5047B61',X'8633F2B217908EB38E59D24F56ECC41817BEBEADF7D71E5070FDA3A052863364',X'94EFBDDF0BABAC7AE8F6090D6EA525128FDCD6CEC0F6235A5ADC68CBC65FCF99');
INSERT INTO "link" VALUES(33,'board.note_written','board','S01','2026-11-17 18:01:00.000000','2026-11-17 18:01:00.000000',NULL,NULL,NULL,X'6FA18FEA22A6B30579F4FEC425C2F616',X'8D166FA4742441878422E53353C5D0CA21F3762BD5FEB38482AB4FCF2479406A',X'CC6BAF89C35419B148574A05F3BD4150A36F748C8F4857167282743CC6FF42D5');
INSERT INTO "link" VALUES(34,'place.taken_out_of_service','7','S01','2026-11-17 18:01:00.000000','2026-11-17 18:01:00.000000',NULL,NULL,NULL,X'E16F7C494EAA2DB32E69AB738004AB3B',X'6B879780BE34381F1DDFE833F79BFBBBC5A4BD44AC305430186C90DE4C0FE1B5',X'D1ED7F1B75432D366ABFD146F432347198CDFBAFAD36CE7448DA609A69138389');
INSERT INTO "link" VALUES(35,'place.put_back_in_service','7','S01','2026-11-17 18:10:00.000000','2026-11-17 18:10:00.000000',NULL,NULL,NULL,X'93EDF60F9B76EDA50D50960C9208BEAF',X'ABEF71B2E99F342A3897965551031ED55D91E13CA0F118CAA3AD23E6B2F3C890',X'51F86D450785CAE9F456AF0AF2F3DEF8E98F8D7DA5F99674E17BA36956248C6F');
INSERT INTO "link" VALUES(36,'visit.left','V0001','S01','2026-11-17 18:30:00.000000','2026-11-17 18:30:00.000000',NULL,NULL,NULL,X'6D405997919C36EF6541E714A2173B19',X'75736EA3A6A2C54D1C5594E862D41F33507D54F2E816AF9B8AB07BD5B72825F6',X'1CBD33C185C212BEC38B9F381F6DD7F2B7BFC2263C79513EA575A1D218BAAF4A');
INSERT INTO "link" VALUES(37,'report.published','daily-2026-11-17-funder-v1','operator','2026-11-18 17:00:00.000000','2026-11-18 17:00:00.000000',NULL,NULL,NULL,X'C280AB3B3B3535FB1C017251E3E56195',X'C7CE5D08531630B85B3BC47EAFF8F01E5BB9933AEAC4578C4D7E35A629EC4E40',X'E8C46C2AD820D88297353276EF7C559394466B498394971CDABC168D364EAE33');
CREATE TABLE note (
	link_seq INTEGER NOT NULL, 
	subject VARCHAR(64) NOT NULL, 
	at DATETIME NOT NULL, 
	text TEXT NOT NULL, 
	salt BLOB NOT NULL, 
	CONSTRAINT pk_note PRIMARY KEY (link_seq), 
	CONSTRAINT fk_note_link_seq FOREIGN KEY(link_seq) REFERENCES link (seq) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "note" VALUES(13,'V0001','2026-11-17 17:05:00.000000','asked for water',X'38ED962E59B64A2B804FC60949D62DE9');
INSERT INTO "note" VALUES(32,'F0001','2026-11-17 17:53:00.000000','speaks French',X'FBDC86D3D542600DEA776B1F6B3D9024');
INSERT INTO "note" VALUES(33,'board','2026-11-17 18:01:00.000000','Quiet evening.',X'F91CC656464A2EFB41DBB601560AB708');
CREATE TABLE note_seal (
	seal BLOB NOT NULL, 
	id INTEGER NOT NULL, 
	link_seq INTEGER NOT NULL, 
	CONSTRAINT pk_note_seal PRIMARY KEY (id), 
	CONSTRAINT fk_note_seal_link_seq FOREIGN KEY(link_seq) REFERENCES link (seq) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "note_seal" VALUES(X'C48AD4C24000A0A983E210BE0B92BEAE9385B4AA2C1550FF9FC9F416D0DC5AD7',1,13);
INSERT INTO "note_seal" VALUES(X'E0FD954320EFE2AB62EB4FE1F027D149D58359FC1D90E8FD3E0A898AB4934759',2,32);
INSERT INTO "note_seal" VALUES(X'36C67AEF0170ED13E3D84002B4365CB6F76BA59410FEAEE8ED42EBE9F34CF964',3,33);
CREATE TABLE person (
	number INTEGER NOT NULL, 
	ref VARCHAR(16) NOT NULL, 
	id INTEGER NOT NULL, 
	link_seq INTEGER NOT NULL, 
	CONSTRAINT pk_person PRIMARY KEY (id), 
	CONSTRAINT fk_person_link_seq FOREIGN KEY(link_seq) REFERENCES link (seq) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT uq_person_number UNIQUE (number), 
	CONSTRAINT uq_person_ref UNIQUE (ref)
);
INSERT INTO "person" VALUES(1,'P0001',1,6);
INSERT INTO "person" VALUES(2,'P0002',2,9);
INSERT INTO "person" VALUES(3,'P0003',3,11);
CREATE TABLE person_naming (
	person_id INTEGER NOT NULL, 
	handle_key VARCHAR(32) NOT NULL, 
	handle_seal BLOB NOT NULL, 
	id INTEGER NOT NULL, 
	link_seq INTEGER NOT NULL, 
	CONSTRAINT pk_person_naming PRIMARY KEY (id), 
	CONSTRAINT fk_person_naming_link_seq FOREIGN KEY(link_seq) REFERENCES link (seq) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_person_naming_person_id FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT uq_person_naming_handle_key UNIQUE (handle_key)
);
INSERT INTO "person_naming" VALUES(1,'66f7a478c35f640487a4a492bbcea232',X'8DB1C2F10CCBA52F3FC7D3AF72AC6664647D3EFEC465DAC6DB366FC4B872720C',1,6);
INSERT INTO "person_naming" VALUES(2,'a542f6ea060c6d4f4edb09e75db859b8',X'2B2FCAB91133F1D7DFCC3C57E1ED730BEEF5AA246897C0A2E23BF846CC444A1D',2,9);
INSERT INTO "person_naming" VALUES(2,'7fee68da268a61d4606ddd25e87f8853',X'17D56481A20E0E636CDDA55EA9767A1A7C382FE628B89D35C5632433C99BE25B',3,10);
INSERT INTO "person_naming" VALUES(3,'b5b23e649293964246aa224606161121',X'18651A440900F66AD1B668962143AB90FE06E8BC7E05815EB69D29B77CC3C438',4,11);
CREATE TABLE place_service (
	place_code VARCHAR(8) NOT NULL, 
	reason VARCHAR(32), 
	happened_at DATETIME NOT NULL, 
	"by" VARCHAR(64) NOT NULL, 
	id INTEGER NOT NULL, 
	link_seq INTEGER NOT NULL, 
	CONSTRAINT pk_place_service PRIMARY KEY (id), 
	CONSTRAINT fk_place_service_link_seq FOREIGN KEY(link_seq) REFERENCES link (seq) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "place_service" VALUES('7','sharps_bin','2026-11-17 18:01:00.000000','S01',1,34);
INSERT INTO "place_service" VALUES('7',NULL,'2026-11-17 18:10:00.000000','S01',2,35);
CREATE TABLE receipt (
	job VARCHAR(64) NOT NULL, 
	period VARCHAR(64) NOT NULL, 
	owner VARCHAR(32) NOT NULL, 
	claimed_at DATETIME NOT NULL, 
	lease_until DATETIME, 
	attempts INTEGER NOT NULL, 
	error VARCHAR(300), 
	failed_at DATETIME, 
	retry_at DATETIME, 
	done_at DATETIME, 
	CONSTRAINT pk_receipt PRIMARY KEY (job, period), 
	CONSTRAINT ck_receipt_was_tried CHECK (attempts > 0)
);
CREATE TABLE referral (
	number INTEGER NOT NULL, 
	ref VARCHAR(16) NOT NULL, 
	service_code VARCHAR(32) NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	on_site BOOLEAN NOT NULL, 
	person_id INTEGER, 
	visit_id INTEGER, 
	response_ref VARCHAR(16), 
	id INTEGER NOT NULL, 
	link_seq INTEGER NOT NULL, 
	CONSTRAINT pk_referral PRIMARY KEY (id), 
	CONSTRAINT ck_referral_counts_from_one CHECK (number > 0), 
	CONSTRAINT fk_referral_link_seq FOREIGN KEY(link_seq) REFERENCES link (seq) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_referral_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_referral_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id)
);
INSERT INTO "referral" VALUES(1,'F0001','methadone','oat',0,1,1,NULL,1,29);
CREATE TABLE referral_follow_up (
	ref VARCHAR(16) NOT NULL, 
	due_on DATE NOT NULL, 
	happened_at DATETIME NOT NULL, 
	"by" VARCHAR(64) NOT NULL, 
	root_seq INTEGER, 
	id INTEGER NOT NULL, 
	link_seq INTEGER NOT NULL, 
	CONSTRAINT pk_referral_follow_up PRIMARY KEY (id), 
	CONSTRAINT fk_referral_follow_up_link_seq FOREIGN KEY(link_seq) REFERENCES link (seq) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "referral_follow_up" VALUES('F0001','2026-11-20','2026-11-17 17:52:00.000000','S01',NULL,1,31);
CREATE TABLE referral_rung (
	ref VARCHAR(16) NOT NULL, 
	rung VARCHAR(16) NOT NULL, 
	how VARCHAR(16), 
	happened_at DATETIME NOT NULL, 
	"by" VARCHAR(64) NOT NULL, 
	root_seq INTEGER, 
	id INTEGER NOT NULL, 
	link_seq INTEGER NOT NULL, 
	CONSTRAINT pk_referral_rung PRIMARY KEY (id), 
	CONSTRAINT ck_referral_rung_made_says_how CHECK ((rung = 'made') = (how IS NOT NULL)), 
	CONSTRAINT ck_referral_rung_root_is_earlier CHECK (root_seq IS NULL OR root_seq < link_seq), 
	CONSTRAINT fk_referral_rung_link_seq FOREIGN KEY(link_seq) REFERENCES link (seq) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "referral_rung" VALUES('F0001','offered',NULL,'2026-11-17 17:50:00.000000','S01',NULL,1,29);
INSERT INTO "referral_rung" VALUES('F0001','accepted',NULL,'2026-11-17 17:51:00.000000','S01',NULL,2,30);
INSERT INTO "referral_rung" VALUES('F0001','made','phone','2026-11-17 17:52:00.000000','S01',NULL,3,31);
CREATE TABLE referral_service (
	code VARCHAR(32) NOT NULL, 
	position INTEGER NOT NULL, 
	name VARCHAR(80) NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	agency VARCHAR(80) NOT NULL, 
	opening VARCHAR(120) NOT NULL, 
	availability VARCHAR(40) NOT NULL, 
	tone VARCHAR(8) NOT NULL, 
	on_site BOOLEAN NOT NULL, 
	retired BOOLEAN NOT NULL, 
	id INTEGER NOT NULL, 
	link_seq INTEGER NOT NULL, 
	CONSTRAINT pk_referral_service PRIMARY KEY (id), 
	CONSTRAINT fk_referral_service_link_seq FOREIGN KEY(link_seq) REFERENCES link (seq) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "referral_service" VALUES('methadone',0,'Methadone','oat','Bayview','Mon–Sat 8–16','next Wed 9:00','ask',0,0,1,2);
INSERT INTO "referral_service" VALUES('buprenorphine',1,'Buprenorphine','oat','Bayview','same-day start','today','open',0,0,2,2);
INSERT INTO "referral_service" VALUES('detox',2,'Detox','withdrawal','Lakeside','12 beds','2 beds','open',0,0,3,2);
INSERT INTO "referral_service" VALUES('rehab_bed',3,'Rehab bed','rehab','Stonebridge','wait about 3 weeks','list','wait',0,0,4,2);
INSERT INTO "referral_service" VALUES('scholarship',4,'Rehab scholarship','scholarship','Two Rivers Fund','until 30 Nov','1 of 3 left','open',0,0,5,2);
INSERT INTO "referral_service" VALUES('housing',5,'Housing','housing','Northgate intake','weekdays','call first','ask',0,0,6,2);
INSERT INTO "referral_service" VALUES('job_training',6,'Job training','employment','Kitchen course','starts 1 Dec','4 seats','open',0,0,7,2);
INSERT INTO "referral_service" VALUES('mental_health',7,'Mental health','mental_health','Crisis team','24 h','now','open',0,0,8,2);
INSERT INTO "referral_service" VALUES('primary_care',8,'Primary care','primary_care','Street clinic','Wed on site','tomorrow','ask',0,0,9,2);
INSERT INTO "referral_service" VALUES('dental',9,'Dental','dental','Harbour clinic','Tue, Fri','call first','ask',0,0,10,2);
INSERT INTO "referral_service" VALUES('legal',10,'Legal aid','legal','Duty counsel','Mon 13–16','call first','ask',0,0,11,2);
INSERT INTO "referral_service" VALUES('income',11,'Income support','income','Benefits desk','weekdays 9–15','today','open',0,0,12,2);
INSERT INTO "referral_service" VALUES('wound_care',12,'Wound care','primary_care','On site','counts as a service','here','open',1,0,13,2);
INSERT INTO "referral_service" VALUES('testing',13,'HIV / HCV testing','specialist','On site','20 min','here','open',1,0,14,2);
INSERT INTO "referral_service" VALUES('support_group',14,'Support group','recovery_community','Peers','Tue 19:00','open','open',0,0,15,2);
CREATE TABLE release (
	kind VARCHAR(16) NOT NULL, 
	audience VARCHAR(32) NOT NULL, 
	policy VARCHAR(32) NOT NULL, 
	k INTEGER NOT NULL, 
	first_on DATE NOT NULL, 
	last_on DATE NOT NULL, 
	starts_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	version INTEGER NOT NULL, 
	as_of DATETIME NOT NULL, 
	through_seq INTEGER NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	file_name VARCHAR(120) NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	notes TEXT NOT NULL, 
	changes TEXT NOT NULL, 
	id INTEGER NOT NULL, 
	link_seq INTEGER NOT NULL, 
	CONSTRAINT pk_release PRIMARY KEY (id), 
	CONSTRAINT ck_release_ends_after_it_starts CHECK (first_on <= last_on), 
	CONSTRAINT ck_release_has_a_digest CHECK (length(sha256) = 64), 
	CONSTRAINT ck_release_counts_from_one CHECK (version > 0), 
	CONSTRAINT fk_release_link_seq FOREIGN KEY(link_seq) REFERENCES link (seq) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT uq_release_file_name UNIQUE (file_name), 
	CONSTRAINT uq_release_kind_audience_first_on_version UNIQUE (kind, audience, first_on, version)
);
INSERT INTO "release" VALUES('daily','funder','partner',5,'2026-11-17','2026-11-17','2026-11-17 09:00:00.000000','2026-11-18 09:00:00.000000',1,'2026-11-18 17:00:00.000000',36,'1cbd33c185c212bec38b9f381f6dd7f2b7bfc2263c79513ea575a1d218baaf4a','daily-2026-11-17-funder-v1.pdf','cdc2666b2dd4bc1e89e3f705712dc3a9fb1615f418f2ab81b8a1c334ba2dc7ca','[]','[]',1,37);
CREATE TABLE release_cell (
	table_id VARCHAR(64) NOT NULL, 
	row_code VARCHAR(120) NOT NULL, 
	column_code VARCHAR(64) NOT NULL, 
	measure VARCHAR(64) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	dims TEXT NOT NULL, 
	start_on DATE NOT NULL, 
	end_on DATE NOT NULL, 
	shown VARCHAR(16) NOT NULL, 
	cell TEXT NOT NULL, 
	id INTEGER NOT NULL, 
	link_seq INTEGER NOT NULL, 
	CONSTRAINT pk_release_cell PRIMARY KEY (id), 
	CONSTRAINT fk_release_cell_link_seq FOREIGN KEY(link_seq) REFERENCES link (seq) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "release_cell" VALUES('tiers','1','responses','responses','operational','[["tier", "1"]]','2026-11-17','2026-11-17','exact','{"value": 0}',1,37);
INSERT INTO "release_cell" VALUES('tiers','2','responses','responses','operational','[["tier", "2"]]','2026-11-17','2026-11-17','exact','{"value": 0}',2,37);
INSERT INTO "release_cell" VALUES('tiers','3','responses','responses','operational','[["tier", "3"]]','2026-11-17','2026-11-17','exact','{"value": 0}',3,37);
INSERT INTO "release_cell" VALUES('tiers','4','responses','responses','operational','[["tier", "4"]]','2026-11-17','2026-11-17','exact','{"value": 1}',4,37);
INSERT INTO "release_cell" VALUES('tiers','5','responses','responses','operational','[["tier", "5"]]','2026-11-17','2026-11-17','exact','{"value": 0}',5,37);
INSERT INTO "release_cell" VALUES('tiers','all','responses','responses','operational','[]','2026-11-17','2026-11-17','exact','{"value": 1}',6,37);
INSERT INTO "release_cell" VALUES('pathways','opioid','responses','responses','operational','[["pathway", "opioid"]]','2026-11-17','2026-11-17','exact','{"value": 1}',7,37);
INSERT INTO "release_cell" VALUES('pathways','prolonged_sedation','responses','responses','operational','[["pathway", "prolonged_sedation"]]','2026-11-17','2026-11-17','exact','{"value": 0}',8,37);
INSERT INTO "release_cell" VALUES('pathways','stimulant','responses','responses','operational','[["pathway", "stimulant"]]','2026-11-17','2026-11-17','exact','{"value": 0}',9,37);
INSERT INTO "release_cell" VALUES('pathways','mixed','responses','responses','operational','[["pathway", "mixed"]]','2026-11-17','2026-11-17','exact','{"value": 0}',10,37);
INSERT INTO "release_cell" VALUES('pathways','unknown','responses','responses','operational','[["pathway", "unknown"]]','2026-11-17','2026-11-17','exact','{"value": 0}',11,37);
INSERT INTO "release_cell" VALUES('pathways','other_medical','responses','responses','operational','[["pathway", "other_medical"]]','2026-11-17','2026-11-17','exact','{"value": 0}',12,37);
INSERT INTO "release_cell" VALUES('pathways','all','responses','responses','operational','[]','2026-11-17','2026-11-17','exact','{"value": 1}',13,37);
INSERT INTO "release_cell" VALUES('bands','early','accesses','accesses','operational','[["band", "early"]]','2026-11-17','2026-11-17','exact','{"value": 0}',14,37);
INSERT INTO "release_cell" VALUES('bands','morning','accesses','accesses','operational','[["band", "morning"]]','2026-11-17','2026-11-17','exact','{"value": 0}',15,37);
INSERT INTO "release_cell" VALUES('bands','afternoon','accesses','accesses','operational','[["band", "afternoon"]]','2026-11-17','2026-11-17','exact','{"value": 3}',16,37);
INSERT INTO "release_cell" VALUES('bands','evening','accesses','accesses','operational','[["band", "evening"]]','2026-11-17','2026-11-17','exact','{"value": 0}',17,37);
INSERT INTO "release_cell" VALUES('bands','overnight','accesses','accesses','operational','[["band", "overnight"]]','2026-11-17','2026-11-17','exact','{"value": 0}',18,37);
INSERT INTO "release_cell" VALUES('bands','all','accesses','accesses','operational','[]','2026-11-17','2026-11-17','exact','{"value": 3}',19,37);
INSERT INTO "release_cell" VALUES('bands','early','episodes','episodes','operational','[["band", "early"]]','2026-11-17','2026-11-17','exact','{"value": 0}',20,37);
INSERT INTO "release_cell" VALUES('bands','morning','episodes','episodes','operational','[["band", "morning"]]','2026-11-17','2026-11-17','exact','{"value": 0}',21,37);
INSERT INTO "release_cell" VALUES('bands','afternoon','episodes','episodes','operational','[["band", "afternoon"]]','2026-11-17','2026-11-17','exact','{"value": 1}',22,37);
INSERT INTO "release_cell" VALUES('bands','evening','episodes','episodes','operational','[["band", "evening"]]','2026-11-17','2026-11-17','exact','{"value": 0}',23,37);
INSERT INTO "release_cell" VALUES('bands','overnight','episodes','episodes','operational','[["band", "overnight"]]','2026-11-17','2026-11-17','exact','{"value": 0}',24,37);
INSERT INTO "release_cell" VALUES('bands','all','episodes','episodes','operational','[]','2026-11-17','2026-11-17','exact','{"value": 1}',25,37);
INSERT INTO "release_cell" VALUES('bands','early','consumptions','consumptions','operational','[["band", "early"]]','2026-11-17','2026-11-17','exact','{"value": 0}',26,37);
INSERT INTO "release_cell" VALUES('bands','morning','consumptions','consumptions','operational','[["band", "morning"]]','2026-11-17','2026-11-17','exact','{"value": 0}',27,37);
INSERT INTO "release_cell" VALUES('bands','afternoon','consumptions','consumptions','operational','[["band", "afternoon"]]','2026-11-17','2026-11-17','exact','{"value": 1}',28,37);
INSERT INTO "release_cell" VALUES('bands','evening','consumptions','consumptions','operational','[["band", "evening"]]','2026-11-17','2026-11-17','exact','{"value": 0}',29,37);
INSERT INTO "release_cell" VALUES('bands','overnight','consumptions','consumptions','operational','[["band", "overnight"]]','2026-11-17','2026-11-17','exact','{"value": 0}',30,37);
INSERT INTO "release_cell" VALUES('bands','all','consumptions','consumptions','operational','[]','2026-11-17','2026-11-17','exact','{"value": 1}',31,37);
INSERT INTO "release_cell" VALUES('classes','opioid','consumptions','consumptions','operational','[["substance_class", "opioid"]]','2026-11-17','2026-11-17','exact','{"value": 1}',32,37);
INSERT INTO "release_cell" VALUES('classes','stimulant','consumptions','consumptions','operational','[["substance_class", "stimulant"]]','2026-11-17','2026-11-17','exact','{"value": 0}',33,37);
INSERT INTO "release_cell" VALUES('classes','other','consumptions','consumptions','operational','[["substance_class", "other"]]','2026-11-17','2026-11-17','exact','{"value": 0}',34,37);
INSERT INTO "release_cell" VALUES('classes','not_recorded','consumptions','consumptions','operational','[["substance_class", "not_recorded"]]','2026-11-17','2026-11-17','exact','{"value": 0}',35,37);
INSERT INTO "release_cell" VALUES('classes','all','consumptions','consumptions','operational','[]','2026-11-17','2026-11-17','exact','{"value": 1}',36,37);
INSERT INTO "release_cell" VALUES('routes','injected','consumptions','consumptions','operational','[["route", "injected"]]','2026-11-17','2026-11-17','exact','{"value": 1}',37,37);
INSERT INTO "release_cell" VALUES('routes','inhaled','consumptions','consumptions','operational','[["route", "inhaled"]]','2026-11-17','2026-11-17','exact','{"value": 0}',38,37);
INSERT INTO "release_cell" VALUES('routes','other','consumptions','consumptions','operational','[["route", "other"]]','2026-11-17','2026-11-17','exact','{"value": 0}',39,37);
INSERT INTO "release_cell" VALUES('routes','not_recorded','consumptions','consumptions','operational','[["route", "not_recorded"]]','2026-11-17','2026-11-17','exact','{"value": 0}',40,37);
INSERT INTO "release_cell" VALUES('routes','all','consumptions','consumptions','operational','[]','2026-11-17','2026-11-17','exact','{"value": 1}',41,37);
INSERT INTO "release_cell" VALUES('referrals','offered','count','referrals_offered','operational','[]','2026-11-17','2026-11-17','exact','{"value": 1}',42,37);
INSERT INTO "release_cell" VALUES('referrals','accepted','count','referrals_accepted','operational','[]','2026-11-17','2026-11-17','exact','{"value": 1}',43,37);
INSERT INTO "release_cell" VALUES('referrals','made','count','referrals_made','operational','[]','2026-11-17','2026-11-17','exact','{"value": 1}',44,37);
INSERT INTO "release_cell" VALUES('also','naloxone_doses','count','naloxone_doses','operational','[]','2026-11-17','2026-11-17','exact','{"value": 1}',45,37);
INSERT INTO "release_cell" VALUES('also','left_before_service','count','left_before_service','operational','[]','2026-11-17','2026-11-17','exact','{"value": 1}',46,37);
INSERT INTO "release_cell" VALUES('also','late_entries','count','late_entries','operational','[]','2026-11-17','2026-11-17','exact','{"value": 0}',47,37);
INSERT INTO "release_cell" VALUES('lines','all','none','response_lines','operational','[]','2026-11-17','2026-11-17','withheld','{"reason": "Incident lines wait for the weekly report."}',48,37);
INSERT INTO "release_cell" VALUES('rates','responses_per_episodes','rate','responses_per_1000_episodes','operational','[]','2026-11-17','2026-11-17','exact','{"value": 1000}',49,37);
CREATE TABLE response (
	number INTEGER NOT NULL, 
	ref VARCHAR(16) NOT NULL, 
	id INTEGER NOT NULL, 
	link_seq INTEGER NOT NULL, 
	CONSTRAINT pk_response PRIMARY KEY (id), 
	CONSTRAINT ck_response_counts_from_one CHECK (number > 0), 
	CONSTRAINT fk_response_link_seq FOREIGN KEY(link_seq) REFERENCES link (seq) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT uq_response_number UNIQUE (number), 
	CONSTRAINT uq_response_ref UNIQUE (ref)
);
INSERT INTO "response" VALUES(1,'R0001',1,20);
CREATE TABLE response_closing (
	response_id INTEGER NOT NULL, 
	happened_at DATETIME NOT NULL, 
	outcome VARCHAR(32) NOT NULL, 
	"plan" VARCHAR(32), 
	id INTEGER NOT NULL, 
	link_seq INTEGER NOT NULL, 
	CONSTRAINT pk_response_closing PRIMARY KEY (id), 
	CONSTRAINT fk_response_closing_link_seq FOREIGN KEY(link_seq) REFERENCES link (seq) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_response_closing_response_id FOREIGN KEY(response_id) REFERENCES response (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "response_closing" VALUES(1,'2026-11-17 18:00:00.000000','recovered',NULL,1,28);
CREATE TABLE response_duty (
	response_id INTEGER NOT NULL, 
	happened_at DATETIME NOT NULL, 
	duty VARCHAR(32) NOT NULL, 
	staff_ref VARCHAR(16), 
	id INTEGER NOT NULL, 
	link_seq INTEGER NOT NULL, 
	CONSTRAINT pk_response_duty PRIMARY KEY (id), 
	CONSTRAINT fk_response_duty_link_seq FOREIGN KEY(link_seq) REFERENCES link (seq) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_response_duty_response_id FOREIGN KEY(response_id) REFERENCES response (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE response_pathway (
	response_id INTEGER NOT NULL, 
	happened_at DATETIME NOT NULL, 
	pathway VARCHAR(32) NOT NULL, 
	id INTEGER NOT NULL, 
	link_seq INTEGER NOT NULL, 
	CONSTRAINT pk_response_pathway PRIMARY KEY (id), 
	CONSTRAINT fk_response_pathway_link_seq FOREIGN KEY(link_seq) REFERENCES link (seq) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_response_pathway_response_id FOREIGN KEY(response_id) REFERENCES response (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE response_recognition (
	response_id INTEGER NOT NULL, 
	happened_at DATETIME NOT NULL, 
	id INTEGER NOT NULL, 
	link_seq INTEGER NOT NULL, 
	CONSTRAINT pk_response_recognition PRIMARY KEY (id), 
	CONSTRAINT fk_response_recognition_link_seq FOREIGN KEY(link_seq) REFERENCES link (seq) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_response_recognition_response_id FOREIGN KEY(response_id) REFERENCES response (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "response_recognition" VALUES(1,'2026-11-17 17:26:00.000000',1,20);
CREATE TABLE response_step (
	response_id INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	happened_at DATETIME NOT NULL, 
	device VARCHAR(32), 
	litres_per_minute INTEGER, 
	micrograms INTEGER, 
	route VARCHAR(32), 
	giver VARCHAR(8), 
	word VARCHAR(32), 
	id INTEGER NOT NULL, 
	link_seq INTEGER NOT NULL, 
	CONSTRAINT pk_response_step PRIMARY KEY (id), 
	CONSTRAINT ck_response_step_a_dose_has_a_giver CHECK ((giver IS NOT NULL) = (kind LIKE '%naloxone')), 
	CONSTRAINT ck_response_step_possible_flow CHECK (litres_per_minute BETWEEN 0 AND 60), 
	CONSTRAINT ck_response_step_possible_dose CHECK (micrograms BETWEEN 1 AND 100000), 
	CONSTRAINT fk_response_step_link_seq FOREIGN KEY(link_seq) REFERENCES link (seq) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_response_step_response_id FOREIGN KEY(response_id) REFERENCES response (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "response_step" VALUES(1,'voice','2026-11-17 17:26:10.000000',NULL,NULL,NULL,NULL,NULL,NULL,1,21);
INSERT INTO "response_step" VALUES(1,'oxygen','2026-11-17 17:26:45.000000','bag_valve_mask',15,NULL,NULL,NULL,NULL,2,22);
INSERT INTO "response_step" VALUES(1,'bag_breaths','2026-11-17 17:26:55.000000',NULL,NULL,NULL,NULL,NULL,NULL,3,23);
INSERT INTO "response_step" VALUES(1,'naloxone','2026-11-17 17:28:24.000000',NULL,NULL,400,'intramuscular','staff',NULL,4,24);
INSERT INTO "response_step" VALUES(1,'ems_called','2026-11-17 17:29:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,5,25);
INSERT INTO "response_step" VALUES(1,'aftercare','2026-11-17 17:40:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,6,26);
CREATE TABLE response_vitals (
	response_id INTEGER NOT NULL, 
	happened_at DATETIME NOT NULL, 
	spo2 INTEGER, 
	respirations INTEGER, 
	pulse INTEGER, 
	sedation_scale VARCHAR(32), 
	sedation_score INTEGER, 
	pupils VARCHAR(32), 
	skin VARCHAR(32), 
	glucose_tenths INTEGER, 
	temperature_tenths INTEGER, 
	systolic INTEGER, 
	diastolic INTEGER, 
	bound VARCHAR(8), 
	id INTEGER NOT NULL, 
	link_seq INTEGER NOT NULL, 
	CONSTRAINT pk_response_vitals PRIMARY KEY (id), 
	CONSTRAINT ck_response_vitals_bound_is_known CHECK (bound IN ('below', 'above')), 
	CONSTRAINT ck_response_vitals_a_score_has_a_scale CHECK ((sedation_scale IS NULL) = (sedation_score IS NULL)), 
	CONSTRAINT ck_response_vitals_possible_diastolic CHECK (diastolic BETWEEN 0 AND 250), 
	CONSTRAINT ck_response_vitals_possible_glucose CHECK (glucose_tenths BETWEEN 0 AND 1000), 
	CONSTRAINT ck_response_vitals_possible_pulse CHECK (pulse BETWEEN 0 AND 300), 
	CONSTRAINT ck_response_vitals_possible_respirations CHECK (respirations BETWEEN 0 AND 80), 
	CONSTRAINT ck_response_vitals_possible_spo2 CHECK (spo2 BETWEEN 0 AND 100), 
	CONSTRAINT ck_response_vitals_possible_systolic CHECK (systolic BETWEEN 0 AND 350), 
	CONSTRAINT ck_response_vitals_possible_temperature CHECK (temperature_tenths BETWEEN 150 AND 460), 
	CONSTRAINT fk_response_vitals_link_seq FOREIGN KEY(link_seq) REFERENCES link (seq) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_response_vitals_response_id FOREIGN KEY(response_id) REFERENCES response (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE response_whereabouts (
	response_id INTEGER NOT NULL, 
	happened_at DATETIME NOT NULL, 
	area VARCHAR(32) NOT NULL, 
	place_code VARCHAR(8), 
	visit_id INTEGER, 
	id INTEGER NOT NULL, 
	link_seq INTEGER NOT NULL, 
	CONSTRAINT pk_response_whereabouts PRIMARY KEY (id), 
	CONSTRAINT ck_response_whereabouts_a_place_has_a_code CHECK ((area = 'place') = (place_code IS NOT NULL)), 
	CONSTRAINT fk_response_whereabouts_link_seq FOREIGN KEY(link_seq) REFERENCES link (seq) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_response_whereabouts_response_id FOREIGN KEY(response_id) REFERENCES response (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_response_whereabouts_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id)
);
INSERT INTO "response_whereabouts" VALUES(1,'2026-11-17 17:26:00.000000','place','3',1,1,20);
CREATE TABLE setting (
	name VARCHAR(32) NOT NULL, 
	value TEXT NOT NULL, 
	valid_from DATETIME NOT NULL, 
	id INTEGER NOT NULL, 
	link_seq INTEGER NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (id), 
	CONSTRAINT fk_setting_link_seq FOREIGN KEY(link_seq) REFERENCES link (seq) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "setting" VALUES('profile','{"day_starts": "04:00", "grace_minutes": 300, "name": "Juniper Street", "zone": "America/Toronto"}','2026-11-01 12:00:00.000000',1,1);
INSERT INTO "setting" VALUES('places','[{"check_minutes": 5, "code": "1", "kind": "injection", "label": "Booth 1", "limit_minutes": 25, "room": "injection", "routes": ["inject", "snort", "swallow", "other"]}, {"check_minutes": 5, "code": "2", "kind": "injection", "label": "Booth 2", "limit_minutes": 25, "room": "injection", "routes": ["inject", "snort", "swallow", "other"]}, {"check_minutes": 5, "code": "3", "kind": "injection", "label": "Booth 3", "limit_minutes": 25, "room": "injection", "routes": ["inject", "snort", "swallow", "other"]}, {"check_minutes": 5, "code": "4", "kind": "injection", "label": "Booth 4", "limit_minutes": 25, "room": "injection", "routes": ["inject", "snort", "swallow", "other"]}, {"check_minutes": 5, "code": "5", "kind": "injection", "label": "Booth 5", "limit_minutes": 25, "room": "injection", "routes": ["inject", "snort", "swallow", "other"]}, {"check_minutes": 5, "code": "6", "kind": "injection", "label": "Booth 6", "limit_minutes": 25, "room": "injection", "routes": ["inject", "snort", "swallow", "other"]}, {"check_minutes": 5, "code": "7", "kind": "injection", "label": "Booth 7", "limit_minutes": 25, "room": "injection", "routes": ["inject", "snort", "swallow", "other"]}, {"check_minutes": 5, "code": "8", "kind": "injection", "label": "Booth 8", "limit_minutes": 25, "room": "injection", "routes": ["inject", "snort", "swallow", "other"]}, {"check_minutes": 5, "code": "X", "kind": "inhalation", "label": "Inhalation X", "limit_minutes": 10, "room": "inhalation", "routes": ["smoke"]}, {"check_minutes": 5, "code": "Y", "kind": "inhalation", "label": "Inhalation Y", "limit_minutes": 10, "room": "inhalation", "routes": ["smoke"]}, {"check_minutes": 5, "code": "Z", "kind": "inhalation", "label": "Inhalation Z", "limit_minutes": 10, "room": "inhalation", "routes": ["smoke"]}]','2026-11-01 12:00:00.000000',2,1);
INSERT INTO "setting" VALUES('words','{"help_reason": [{"code": "knowledge", "data": {}, "group": "", "key": "", "label": "Does not know how"}, {"code": "physical", "data": {}, "group": "", "key": "", "label": "Physical limitation"}, {"code": "other", "data": {}, "group": "", "key": "", "label": "Other reason"}], "left_reason": [{"code": "wait", "data": {}, "group": "", "key": "", "label": "would not wait"}, {"code": "changed_mind", "data": {}, "group": "", "key": "", "label": "changed their mind"}, {"code": "no_fitting_place", "data": {}, "group": "", "key": "", "label": "no fitting place"}, {"code": "not_said", "data": {}, "group": "", "key": "", "label": "not said"}], "looks": [{"code": "well", "data": {}, "group": "", "key": "", "label": "looks well, talking"}, {"code": "drowsy", "data": {}, "group": "", "key": "", "label": "drowsy, rouses to voice"}, {"code": "agitated", "data": {}, "group": "", "key": "", "label": "agitated"}, {"code": "asleep", "data": {}, "group": "", "key": "", "label": "asleep, breathing fine"}], "naloxone_dose": [{"code": "im_0_4", "data": {"micrograms": 400, "route": "intramuscular"}, "group": "", "key": "", "label": "0.4 mg IM"}, {"code": "im_0_8", "data": {"micrograms": 800, "route": "intramuscular"}, "group": "", "key": "", "label": "0.8 mg IM"}, {"code": "nasal_4", "data": {"micrograms": 4000, "route": "intranasal"}, "group": "", "key": "", "label": "4 mg nasal"}], "out_reason": [{"code": "cleaning", "data": {}, "group": "", "key": "", "label": "Cleaning"}, {"code": "sharps_bin", "data": {}, "group": "", "key": "", "label": "Sharps bin"}, {"code": "ventilation", "data": {}, "group": "", "key": "", "label": "Ventilation"}, {"code": "broken", "data": {}, "group": "", "key": "", "label": "Broken"}, {"code": "staffing", "data": {}, "group": "", "key": "", "label": "Not enough staff"}, {"code": "other", "data": {}, "group": "", "key": "", "label": "Other"}], "outcome": [{"code": "recovered", "data": {}, "group": "recovered", "key": "", "label": "Recovered in the site"}, {"code": "declined_ems", "data": {}, "group": "recovered", "key": "", "label": "Recovered, declined EMS"}, {"code": "treated_by_ems", "data": {}, "group": "treated", "key": "", "label": "Treated by EMS in the site"}, {"code": "transported", "data": {}, "group": "transported", "key": "", "label": "Transported to hospital"}, {"code": "left", "data": {}, "group": "left", "key": "", "label": "Left before assessed"}, {"code": "death", "data": {}, "group": "death", "key": "", "label": "Death"}, {"code": "unknown", "data": {}, "group": "unknown", "key": "", "label": "Unknown"}], "oxygen_device": [{"code": "non_rebreather", "data": {"litres_per_minute": 15}, "group": "", "key": "", "label": "NRB mask"}, {"code": "bag_valve_mask", "data": {"litres_per_minute": 15}, "group": "", "key": "", "label": "BVM"}, {"code": "simple_mask", "data": {"litres_per_minute": 10}, "group": "", "key": "", "label": "Simple"}, {"code": "nasal_cannula", "data": {"litres_per_minute": 4}, "group": "", "key": "", "label": "Nasal"}], "referral_kind": [{"code": "oat", "data": {}, "group": "treatment", "key": "", "label": "Opioid agonist treatment"}, {"code": "withdrawal", "data": {}, "group": "treatment", "key": "", "label": "Withdrawal management"}, {"code": "rehab", "data": {}, "group": "treatment", "key": "", "label": "Residential rehab"}, {"code": "scholarship", "data": {}, "group": "treatment", "key": "", "label": "Rehab scholarship"}, {"code": "housing", "data": {}, "group": "social", "key": "", "label": "Housing"}, {"code": "employment", "data": {}, "group": "social", "key": "", "label": "Job training and placement"}, {"code": "mental_health", "data": {}, "group": "health", "key": "", "label": "Mental health"}, {"code": "primary_care", "data": {}, "group": "health", "key": "", "label": "Primary care"}, {"code": "specialist", "data": {}, "group": "health", "key": "", "label": "Specialist or BBV treatment"}, {"code": "dental", "data": {}, "group": "health", "key": "", "label": "Dental"}, {"code": "legal", "data": {}, "group": "social", "key": "", "label": "Legal"}, {"code": "income", "data": {}, "group": "social", "key": "", "label": "Income"}, {"code": "recovery_community", "data": {}, "group": "social", "key": "", "label": "Peer and community recovery"}, {"code": "activities", "data": {}, "group": "social", "key": "", "label": "Therapeutic activities"}, {"code": "other", "data": {}, "group": "social", "key": "", "label": "Other"}], "route": [{"code": "inject", "data": {}, "group": "injected", "key": "I", "label": "Inject"}, {"code": "smoke", "data": {}, "group": "inhaled", "key": "M", "label": "Smoke"}, {"code": "snort", "data": {}, "group": "other", "key": "O", "label": "Snort"}, {"code": "swallow", "data": {}, "group": "other", "key": "W", "label": "Swallow"}, {"code": "other", "data": {}, "group": "other", "key": "", "label": "Other way"}], "substance": [{"code": "down", "data": {"table": "opioids"}, "group": "opioid", "key": "1", "label": "Down"}, {"code": "crystal", "data": {"table": "methamphetamine"}, "group": "stimulant", "key": "2", "label": "Crystal"}, {"code": "crack", "data": {"table": "cocaine"}, "group": "stimulant", "key": "3", "label": "Crack"}, {"code": "cocaine", "data": {"table": "cocaine"}, "group": "stimulant", "key": "4", "label": "Cocaine"}, {"code": "heroin", "data": {"table": "opioids"}, "group": "opioid", "key": "5", "label": "Heroin"}, {"code": "hydromorphone", "data": {"table": "opioids"}, "group": "opioid", "key": "6", "label": "Dilaudid"}, {"code": "benzodiazepine", "data": {"table": "benzodiazepines"}, "group": "other", "key": "7", "label": "Benzos"}, {"code": "not_said", "data": {"table": "not_recorded"}, "group": "other", "key": "8", "label": "Not said"}, {"code": "morphine", "data": {"table": "opioids"}, "group": "opioid", "key": "", "label": "Morphine"}, {"code": "oxycodone", "data": {"table": "opioids"}, "group": "opioid", "key": "", "label": "Oxycodone"}, {"code": "methadone", "data": {"table": "opioids"}, "group": "opioid", "key": "", "label": "Methadone"}, {"code": "methylphenidate", "data": {"table": "other"}, "group": "stimulant", "key": "", "label": "Ritalin"}, {"code": "mdma", "data": {"table": "other"}, "group": "stimulant", "key": "", "label": "MDMA"}, {"code": "ketamine", "data": {"table": "other"}, "group": "other", "key": "", "label": "Ketamine"}, {"code": "ghb", "data": {"table": "other"}, "group": "other", "key": "", "label": "GHB"}, {"code": "other", "data": {"table": "other"}, "group": "other", "key": "", "label": "Other"}], "where_else": [{"code": "private", "data": {}, "group": "", "key": "", "label": "private place"}, {"code": "public", "data": {}, "group": "", "key": "", "label": "public place"}, {"code": "semi_public", "data": {}, "group": "", "key": "", "label": "semi-public place"}, {"code": "not_said", "data": {}, "group": "", "key": "", "label": "not said"}]}','2026-11-01 12:00:00.000000',3,1);
INSERT INTO "setting" VALUES('limits','{"aftercare_after_response_minutes": 60, "aftercare_check_minutes": 10, "aftercare_minutes": 15, "dose_interval_seconds.intramuscular": 180, "dose_interval_seconds.intranasal": 180, "idle_lock_seconds": 240, "undo_seconds": 120, "wait_minutes": 12}','2026-11-01 12:00:00.000000',4,1);
INSERT INTO "setting" VALUES('policies','{"ask_alone": false, "ask_last_use": false, "ask_where_else": false, "audiences": {"funder": "partner"}, "sedation_scale": "avpu"}','2026-11-01 12:00:00.000000',5,1);
INSERT INTO "setting" VALUES('bands','[{"code": "early", "label": "Early 04:00–06:59", "starts": "04:00"}, {"code": "morning", "label": "Morning 07:00–11:59", "starts": "07:00"}, {"code": "afternoon", "label": "Afternoon 12:00–16:59", "starts": "12:00"}, {"code": "evening", "label": "Evening 17:00–21:59", "starts": "17:00"}, {"code": "overnight", "label": "Overnight 22:00–03:59", "starts": "22:00"}]','2026-11-01 12:00:00.000000',6,1);
CREATE TABLE staff_session (
	id INTEGER NOT NULL, 
	token_hash BLOB NOT NULL, 
	account_ref VARCHAR(16) NOT NULL, 
	device_id INTEGER, 
	started_at DATETIME NOT NULL, 
	seen_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	locked_at DATETIME, 
	CONSTRAINT pk_staff_session PRIMARY KEY (id), 
	CONSTRAINT fk_staff_session_device_id FOREIGN KEY(device_id) REFERENCES device (id), 
	CONSTRAINT uq_staff_session_token_hash UNIQUE (token_hash)
);
CREATE TABLE visit (
	number INTEGER NOT NULL, 
	ref VARCHAR(16) NOT NULL, 
	id INTEGER NOT NULL, 
	link_seq INTEGER NOT NULL, 
	CONSTRAINT pk_visit PRIMARY KEY (id), 
	CONSTRAINT fk_visit_link_seq FOREIGN KEY(link_seq) REFERENCES link (seq) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT uq_visit_number UNIQUE (number), 
	CONSTRAINT uq_visit_ref UNIQUE (ref)
);
INSERT INTO "visit" VALUES(1,'V0001',1,7);
INSERT INTO "visit" VALUES(2,'V0002',2,15);
INSERT INTO "visit" VALUES(3,'V0003',3,17);
CREATE TABLE visit_arrival (
	visit_id INTEGER NOT NULL, 
	happened_at DATETIME NOT NULL, 
	person_id INTEGER, 
	anonymous_number INTEGER, 
	purpose VARCHAR(32) NOT NULL, 
	help_reason VARCHAR(32), 
	help BOOLEAN NOT NULL, 
	splitting BOOLEAN NOT NULL, 
	drug_check BOOLEAN NOT NULL, 
	step_free BOOLEAN NOT NULL, 
	where_else VARCHAR(32), 
	alone VARCHAR(32), 
	last_use VARCHAR(32), 
	"by" VARCHAR(64) NOT NULL, 
	id INTEGER NOT NULL, 
	link_seq INTEGER NOT NULL, 
	CONSTRAINT pk_visit_arrival PRIMARY KEY (id), 
	CONSTRAINT ck_visit_arrival_known_purpose CHECK (purpose IN ('consume', 'service')), 
	CONSTRAINT ck_visit_arrival_somebody_or_a_number CHECK ((person_id IS NULL) <> (anonymous_number IS NULL)), 
	CONSTRAINT fk_visit_arrival_link_seq FOREIGN KEY(link_seq) REFERENCES link (seq) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_visit_arrival_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_visit_arrival_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "visit_arrival" VALUES(1,'2026-11-17 17:00:00.000000',1,NULL,'consume',NULL,0,0,0,0,NULL,NULL,NULL,'S01',1,7);
INSERT INTO "visit_arrival" VALUES(2,'2026-11-17 17:02:00.000000',NULL,1,'consume',NULL,0,0,0,0,NULL,NULL,NULL,'S01',2,15);
INSERT INTO "visit_arrival" VALUES(3,'2026-11-17 17:03:00.000000',NULL,2,'consume',NULL,0,0,0,0,NULL,NULL,NULL,'S01',3,17);
CREATE TABLE visit_check (
	visit_id INTEGER NOT NULL, 
	place_code VARCHAR(8), 
	looks VARCHAR(32), 
	spo2 INTEGER, 
	respirations INTEGER, 
	happened_at DATETIME NOT NULL, 
	"by" VARCHAR(64) NOT NULL, 
	id INTEGER NOT NULL, 
	link_seq INTEGER NOT NULL, 
	CONSTRAINT pk_visit_check PRIMARY KEY (id), 
	CONSTRAINT ck_visit_check_possible_respirations CHECK (respirations BETWEEN 0 AND 120), 
	CONSTRAINT ck_visit_check_possible_spo2 CHECK (spo2 BETWEEN 0 AND 100), 
	CONSTRAINT fk_visit_check_link_seq FOREIGN KEY(link_seq) REFERENCES link (seq) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_visit_check_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "visit_check" VALUES(1,'3','well',NULL,NULL,'2026-11-17 17:05:00.000000','S01',1,13);
INSERT INTO "visit_check" VALUES(1,'3','drowsy',NULL,NULL,'2026-11-17 17:06:00.000000','S01',2,14);
INSERT INTO "visit_check" VALUES(3,NULL,'well',NULL,NULL,'2026-11-17 17:04:00.000000','S01',3,18);
CREATE TABLE visit_declared (
	visit_id INTEGER NOT NULL, 
	episode INTEGER NOT NULL, 
	substance VARCHAR(32) NOT NULL, 
	route VARCHAR(32), 
	id INTEGER NOT NULL, 
	link_seq INTEGER NOT NULL, 
	CONSTRAINT pk_visit_declared PRIMARY KEY (id), 
	CONSTRAINT ck_visit_declared_counts_from_one CHECK (episode > 0), 
	CONSTRAINT fk_visit_declared_link_seq FOREIGN KEY(link_seq) REFERENCES link (seq) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_visit_declared_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "visit_declared" VALUES(1,1,'down','inject',1,7);
INSERT INTO "visit_declared" VALUES(2,1,'down','inject',2,15);
INSERT INTO "visit_declared" VALUES(3,1,'down','inject',3,17);
CREATE TABLE visit_departure (
	visit_id INTEGER NOT NULL, 
	how VARCHAR(32) NOT NULL, 
	reason VARCHAR(32), 
	happened_at DATETIME NOT NULL, 
	"by" VARCHAR(64) NOT NULL, 
	id INTEGER NOT NULL, 
	link_seq INTEGER NOT NULL, 
	CONSTRAINT pk_visit_departure PRIMARY KEY (id), 
	CONSTRAINT ck_visit_departure_known_way CHECK (how IN ('left', 'left_before_service')), 
	CONSTRAINT fk_visit_departure_link_seq FOREIGN KEY(link_seq) REFERENCES link (seq) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_visit_departure_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "visit_departure" VALUES(2,'left_before_service','wait','2026-11-17 17:20:00.000000','S01',1,16);
INSERT INTO "visit_departure" VALUES(1,'left',NULL,'2026-11-17 18:30:00.000000','S01',2,36);
CREATE TABLE visit_stay (
	visit_id INTEGER NOT NULL, 
	turn INTEGER NOT NULL, 
	area VARCHAR(32) NOT NULL, 
	place_code VARCHAR(8), 
	episode INTEGER, 
	after_response BOOLEAN NOT NULL, 
	happened_at DATETIME NOT NULL, 
	"by" VARCHAR(64) NOT NULL, 
	id INTEGER NOT NULL, 
	link_seq INTEGER NOT NULL, 
	CONSTRAINT pk_visit_stay PRIMARY KEY (id), 
	CONSTRAINT ck_visit_stay_a_place_is_an_episode CHECK ((area = 'place') = (episode IS NOT NULL)), 
	CONSTRAINT ck_visit_stay_a_place_has_a_code CHECK ((area = 'place') = (place_code IS NOT NULL)), 
	CONSTRAINT ck_visit_stay_known_area CHECK (area IN ('waiting', 'place', 'aftercare', 'service')), 
	CONSTRAINT fk_visit_stay_link_seq FOREIGN KEY(link_seq) REFERENCES link (seq) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_visit_stay_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "visit_stay" VALUES(1,1,'waiting',NULL,NULL,0,'2026-11-17 17:00:00.000000','S01',1,7);
INSERT INTO "visit_stay" VALUES(1,2,'place','3',1,0,'2026-11-17 17:00:00.000000','S01',2,8);
INSERT INTO "visit_stay" VALUES(2,1,'waiting',NULL,NULL,0,'2026-11-17 17:02:00.000000','S01',3,15);
INSERT INTO "visit_stay" VALUES(3,1,'waiting',NULL,NULL,0,'2026-11-17 17:03:00.000000','S01',4,17);
INSERT INTO "visit_stay" VALUES(1,3,'aftercare',NULL,NULL,1,'2026-11-17 17:40:00.000000','S01',5,27);
CREATE INDEX ix_link_kind_seq ON link (kind, seq);
CREATE INDEX ix_link_subject ON link (subject);
CREATE INDEX ix_account_link_seq ON account (link_seq);
CREATE INDEX ix_account_ref_id ON account (ref, id);
CREATE INDEX ix_note_subject ON note (subject);
CREATE INDEX ix_note_seal_link_seq ON note_seal (link_seq);
CREATE INDEX ix_person_link_seq ON person (link_seq);
CREATE INDEX ix_place_service_link_seq ON place_service (link_seq);
CREATE INDEX ix_place_service_place_code ON place_service (place_code);
CREATE INDEX ix_referral_follow_up_due_on ON referral_follow_up (due_on);
CREATE INDEX ix_referral_follow_up_link_seq ON referral_follow_up (link_seq);
CREATE INDEX ix_referral_follow_up_ref ON referral_follow_up (ref);
CREATE INDEX ix_referral_rung_happened_at ON referral_rung (happened_at);
CREATE INDEX ix_referral_rung_link_seq ON referral_rung (link_seq);
CREATE INDEX ix_referral_rung_ref ON referral_rung (ref);
CREATE INDEX ix_referral_service_code ON referral_service (code);
CREATE INDEX ix_referral_service_link_seq ON referral_service (link_seq);
CREATE INDEX ix_release_audience ON release (audience);
CREATE INDEX ix_release_first_on ON release (first_on);
CREATE INDEX ix_release_link_seq ON release (link_seq);
CREATE INDEX ix_release_cell_link_seq ON release_cell (link_seq);
CREATE INDEX ix_response_link_seq ON response (link_seq);
CREATE INDEX ix_setting_link_seq ON setting (link_seq);
CREATE INDEX ix_setting_name ON setting (name);
CREATE INDEX ix_staff_session_account_ref ON staff_session (account_ref);
CREATE INDEX ix_staff_session_device_id ON staff_session (device_id);
CREATE INDEX ix_visit_link_seq ON visit (link_seq);
CREATE INDEX ix_person_naming_link_seq ON person_naming (link_seq);
CREATE INDEX ix_person_naming_person_id ON person_naming (person_id);
CREATE INDEX ix_referral_link_seq ON referral (link_seq);
CREATE INDEX ix_referral_number ON referral (number);
CREATE INDEX ix_referral_person_id ON referral (person_id);
CREATE INDEX ix_referral_ref ON referral (ref);
CREATE INDEX ix_referral_response_ref ON referral (response_ref);
CREATE INDEX ix_referral_visit_id ON referral (visit_id);
CREATE INDEX ix_response_closing_link_seq ON response_closing (link_seq);
CREATE INDEX ix_response_closing_response_id ON response_closing (response_id);
CREATE INDEX ix_response_duty_link_seq ON response_duty (link_seq);
CREATE INDEX ix_response_duty_response_id ON response_duty (response_id);
CREATE INDEX ix_response_pathway_link_seq ON response_pathway (link_seq);
CREATE INDEX ix_response_pathway_response_id ON response_pathway (response_id);
CREATE INDEX ix_response_recognition_happened_at ON response_recognition (happened_at);
CREATE INDEX ix_response_recognition_link_seq ON response_recognition (link_seq);
CREATE INDEX ix_response_recognition_response_id ON response_recognition (response_id);
CREATE INDEX ix_response_step_kind_happened_at ON response_step (kind, happened_at);
CREATE INDEX ix_response_step_link_seq ON response_step (link_seq);
CREATE INDEX ix_response_step_response_id ON response_step (response_id);
CREATE INDEX ix_response_vitals_link_seq ON response_vitals (link_seq);
CREATE INDEX ix_response_vitals_response_id ON response_vitals (response_id);
CREATE INDEX ix_response_whereabouts_link_seq ON response_whereabouts (link_seq);
CREATE INDEX ix_response_whereabouts_place_code ON response_whereabouts (place_code);
CREATE INDEX ix_response_whereabouts_response_id ON response_whereabouts (response_id);
CREATE INDEX ix_response_whereabouts_visit_id ON response_whereabouts (visit_id);
CREATE INDEX ix_visit_arrival_happened_at ON visit_arrival (happened_at);
CREATE INDEX ix_visit_arrival_link_seq ON visit_arrival (link_seq);
CREATE INDEX ix_visit_arrival_person_id ON visit_arrival (person_id);
CREATE INDEX ix_visit_arrival_visit_id ON visit_arrival (visit_id);
CREATE INDEX ix_visit_check_happened_at ON visit_check (happened_at);
CREATE INDEX ix_visit_check_link_seq ON visit_check (link_seq);
CREATE INDEX ix_visit_check_visit_id ON visit_check (visit_id);
CREATE INDEX ix_visit_declared_link_seq ON visit_declared (link_seq);
CREATE INDEX ix_visit_declared_visit_id ON visit_declared (visit_id);
CREATE INDEX ix_visit_departure_happened_at ON visit_departure (happened_at);
CREATE INDEX ix_visit_departure_link_seq ON visit_departure (link_seq);
CREATE INDEX ix_visit_departure_visit_id ON visit_departure (visit_id);
CREATE INDEX ix_visit_stay_area_happened_at ON visit_stay (area, happened_at);
CREATE INDEX ix_visit_stay_link_seq ON visit_stay (link_seq);
CREATE INDEX ix_visit_stay_visit_id ON visit_stay (visit_id);
CREATE TRIGGER account_no_update BEFORE UPDATE ON account
BEGIN SELECT RAISE(ABORT, 'account rows are never changed'); END;
CREATE TRIGGER account_no_delete BEFORE DELETE ON account
BEGIN SELECT RAISE(ABORT, 'account rows are never changed'); END;
CREATE TRIGGER link_no_update BEFORE UPDATE ON link
BEGIN SELECT RAISE(ABORT, 'link rows are never changed'); END;
CREATE TRIGGER link_no_delete BEFORE DELETE ON link
BEGIN SELECT RAISE(ABORT, 'link rows are never changed'); END;
CREATE TRIGGER note_seal_no_update BEFORE UPDATE ON note_seal
BEGIN SELECT RAISE(ABORT, 'note_seal rows are never changed'); END;
CREATE TRIGGER note_seal_no_delete BEFORE DELETE ON note_seal
BEGIN SELECT RAISE(ABORT, 'note_seal rows are never changed'); END;
CREATE TRIGGER person_no_update BEFORE UPDATE ON person
BEGIN SELECT RAISE(ABORT, 'person rows are never changed'); END;
CREATE TRIGGER person_no_delete BEFORE DELETE ON person
BEGIN SELECT RAISE(ABORT, 'person rows are never changed'); END;
CREATE TRIGGER person_naming_no_update BEFORE UPDATE ON person_naming
BEGIN SELECT RAISE(ABORT, 'person_naming rows are never changed'); END;
CREATE TRIGGER person_naming_no_delete BEFORE DELETE ON person_naming
BEGIN SELECT RAISE(ABORT, 'person_naming rows are never changed'); END;
CREATE TRIGGER place_service_no_update BEFORE UPDATE ON place_service
BEGIN SELECT RAISE(ABORT, 'place_service rows are never changed'); END;
CREATE TRIGGER place_service_no_delete BEFORE DELETE ON place_service
BEGIN SELECT RAISE(ABORT, 'place_service rows are never changed'); END;
CREATE TRIGGER referral_no_update BEFORE UPDATE ON referral
BEGIN SELECT RAISE(ABORT, 'referral rows are never changed'); END;
CREATE TRIGGER referral_no_delete BEFORE DELETE ON referral
BEGIN SELECT RAISE(ABORT, 'referral rows are never changed'); END;
CREATE TRIGGER referral_follow_up_no_update BEFORE UPDATE ON referral_follow_up
BEGIN SELECT RAISE(ABORT, 'referral_follow_up rows are never changed'); END;
CREATE TRIGGER referral_follow_up_no_delete BEFORE DELETE ON referral_follow_up
BEGIN SELECT RAISE(ABORT, 'referral_follow_up rows are never changed'); END;
CREATE TRIGGER referral_rung_no_update BEFORE UPDATE ON referral_rung
BEGIN SELECT RAISE(ABORT, 'referral_rung rows are never changed'); END;
CREATE TRIGGER referral_rung_no_delete BEFORE DELETE ON referral_rung
BEGIN SELECT RAISE(ABORT, 'referral_rung rows are never changed'); END;
CREATE TRIGGER referral_service_no_update BEFORE UPDATE ON referral_service
BEGIN SELECT RAISE(ABORT, 'referral_service rows are never changed'); END;
CREATE TRIGGER referral_service_no_delete BEFORE DELETE ON referral_service
BEGIN SELECT RAISE(ABORT, 'referral_service rows are never changed'); END;
CREATE TRIGGER release_no_update BEFORE UPDATE ON release
BEGIN SELECT RAISE(ABORT, 'release rows are never changed'); END;
CREATE TRIGGER release_no_delete BEFORE DELETE ON release
BEGIN SELECT RAISE(ABORT, 'release rows are never changed'); END;
CREATE TRIGGER release_cell_no_update BEFORE UPDATE ON release_cell
BEGIN SELECT RAISE(ABORT, 'release_cell rows are never changed'); END;
CREATE TRIGGER release_cell_no_delete BEFORE DELETE ON release_cell
BEGIN SELECT RAISE(ABORT, 'release_cell rows are never changed'); END;
CREATE TRIGGER response_no_update BEFORE UPDATE ON response
BEGIN SELECT RAISE(ABORT, 'response rows are never changed'); END;
CREATE TRIGGER response_no_delete BEFORE DELETE ON response
BEGIN SELECT RAISE(ABORT, 'response rows are never changed'); END;
CREATE TRIGGER response_closing_no_update BEFORE UPDATE ON response_closing
BEGIN SELECT RAISE(ABORT, 'response_closing rows are never changed'); END;
CREATE TRIGGER response_closing_no_delete BEFORE DELETE ON response_closing
BEGIN SELECT RAISE(ABORT, 'response_closing rows are never changed'); END;
CREATE TRIGGER response_duty_no_update BEFORE UPDATE ON response_duty
BEGIN SELECT RAISE(ABORT, 'response_duty rows are never changed'); END;
CREATE TRIGGER response_duty_no_delete BEFORE DELETE ON response_duty
BEGIN SELECT RAISE(ABORT, 'response_duty rows are never changed'); END;
CREATE TRIGGER response_pathway_no_update BEFORE UPDATE ON response_pathway
BEGIN SELECT RAISE(ABORT, 'response_pathway rows are never changed'); END;
CREATE TRIGGER response_pathway_no_delete BEFORE DELETE ON response_pathway
BEGIN SELECT RAISE(ABORT, 'response_pathway rows are never changed'); END;
CREATE TRIGGER response_recognition_no_update BEFORE UPDATE ON response_recognition
BEGIN SELECT RAISE(ABORT, 'response_recognition rows are never changed'); END;
CREATE TRIGGER response_recognition_no_delete BEFORE DELETE ON response_recognition
BEGIN SELECT RAISE(ABORT, 'response_recognition rows are never changed'); END;
CREATE TRIGGER response_step_no_update BEFORE UPDATE ON response_step
BEGIN SELECT RAISE(ABORT, 'response_step rows are never changed'); END;
CREATE TRIGGER response_step_no_delete BEFORE DELETE ON response_step
BEGIN SELECT RAISE(ABORT, 'response_step rows are never changed'); END;
CREATE TRIGGER response_vitals_no_update BEFORE UPDATE ON response_vitals
BEGIN SELECT RAISE(ABORT, 'response_vitals rows are never changed'); END;
CREATE TRIGGER response_vitals_no_delete BEFORE DELETE ON response_vitals
BEGIN SELECT RAISE(ABORT, 'response_vitals rows are never changed'); END;
CREATE TRIGGER response_whereabouts_no_update BEFORE UPDATE ON response_whereabouts
BEGIN SELECT RAISE(ABORT, 'response_whereabouts rows are never changed'); END;
CREATE TRIGGER response_whereabouts_no_delete BEFORE DELETE ON response_whereabouts
BEGIN SELECT RAISE(ABORT, 'response_whereabouts rows are never changed'); END;
CREATE TRIGGER setting_no_update BEFORE UPDATE ON setting
BEGIN SELECT RAISE(ABORT, 'setting rows are never changed'); END;
CREATE TRIGGER setting_no_delete BEFORE DELETE ON setting
BEGIN SELECT RAISE(ABORT, 'setting rows are never changed'); END;
CREATE TRIGGER visit_no_update BEFORE UPDATE ON visit
BEGIN SELECT RAISE(ABORT, 'visit rows are never changed'); END;
CREATE TRIGGER visit_no_delete BEFORE DELETE ON visit
BEGIN SELECT RAISE(ABORT, 'visit rows are never changed'); END;
CREATE TRIGGER visit_arrival_no_update BEFORE UPDATE ON visit_arrival
BEGIN SELECT RAISE(ABORT, 'visit_arrival rows are never changed'); END;
CREATE TRIGGER visit_arrival_no_delete BEFORE DELETE ON visit_arrival
BEGIN SELECT RAISE(ABORT, 'visit_arrival rows are never changed'); END;
CREATE TRIGGER visit_check_no_update BEFORE UPDATE ON visit_check
BEGIN SELECT RAISE(ABORT, 'visit_check rows are never changed'); END;
CREATE TRIGGER visit_check_no_delete BEFORE DELETE ON visit_check
BEGIN SELECT RAISE(ABORT, 'visit_check rows are never changed'); END;
CREATE TRIGGER visit_declared_no_update BEFORE UPDATE ON visit_declared
BEGIN SELECT RAISE(ABORT, 'visit_declared rows are never changed'); END;
CREATE TRIGGER visit_declared_no_delete BEFORE DELETE ON visit_declared
BEGIN SELECT RAISE(ABORT, 'visit_declared rows are never changed'); END;
CREATE TRIGGER visit_departure_no_update BEFORE UPDATE ON visit_departure
BEGIN SELECT RAISE(ABORT, 'visit_departure rows are never changed'); END;
CREATE TRIGGER visit_departure_no_delete BEFORE DELETE ON visit_departure
BEGIN SELECT RAISE(ABORT, 'visit_departure rows are never changed'); END;
CREATE TRIGGER visit_stay_no_update BEFORE UPDATE ON visit_stay
BEGIN SELECT RAISE(ABORT, 'visit_stay rows are never changed'); END;
CREATE TRIGGER visit_stay_no_delete BEFORE DELETE ON visit_stay
BEGIN SELECT RAISE(ABORT, 'visit_stay rows are never changed'); END;
COMMIT;
